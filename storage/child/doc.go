// Package child lets the program do dangerous work in a process of its own:
// itself, started once more with a verb as the first argument. What hangs or
// crashes there harms nobody: the parent's context ends the child with all of
// its process group.
//
// The two speak in frames (length, checksum, bytes) on the child's stdin and
// stdout. A verb and names are arguments; a secret never is one, nor a part of
// the environment. The parent keeps the child's stdin open until it has the
// answer, so that a child whose parent died sees the end of it and stops.
package child
