package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"bankbook/core/fault"
)

// endingReader is a reader that ends with its context.
type endingReader struct {
	ctx  context.Context
	from io.Reader
}

// Read implements io.Reader.
func (r *endingReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}

// sourceReader reads a backup. It remembers why the file could not be read, so
// that a failing disk is told from a damaged backup, and gives no more than
// header bytes until that is lifted with -1.
type sourceReader struct {
	endingReader
	header int
	failed error
}

// Read implements io.Reader.
func (s *sourceReader) Read(p []byte) (int, error) {
	if s.header == 0 {
		return 0, damaged(errHeader)
	}
	if s.header > 0 && len(p) > s.header {
		p = p[:s.header]
	}
	n, err := s.endingReader.Read(p)
	if s.header > 0 {
		s.header -= n
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// explain sorts an error of reading: that of the file if there was one, one
// that has a kind, or else damage.
func (s *sourceReader) explain(err error) error {
	const op = "backup: read"
	if s.failed != nil {
		return fail(op, s.failed)
	}
	if errors.As(err, new(*fault.Error)) {
		return err
	}
	return damaged(err)
}

// destination is a file that is written to; its errors have their kind, so that
// they are not taken for damage of what is read.
type destination struct{ to *os.File }

// Write implements io.Writer.
func (d destination) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	return n, unwritten(err)
}

// unwritten sorts an error of writing.
func unwritten(err error) error { return fail("backup: unpack", err) }

// fail gives an error its operation and, if it has none yet, its kind.
func fail(op string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*fault.Error)):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.New(op, fault.Canceled, err)
	case errors.As(err, new(*fs.PathError)), errors.As(err, new(*os.LinkError)), errors.As(err, new(*os.SyscallError)):
		return fault.New(op, fault.OfFile(err), err)
	}
	return fault.New(op, fault.Internal, err)
}

// meter counts bytes and tells of them.
type meter struct {
	tell        func(done, total int64)
	done, total int64
}

func newMeter(tell func(done, total int64), total int64) *meter {
	return &meter{tell: tell, total: total}
}

// reading returns from, with what is read of it counted.
func (m *meter) reading(from io.Reader) io.Reader { return &metered{m, from} }

type metered struct {
	meter *meter
	from  io.Reader
}

// Read implements io.Reader.
func (r *metered) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.meter.done += int64(n)
	if r.meter.tell != nil && n > 0 {
		r.meter.tell(min(r.meter.done, r.meter.total), r.meter.total)
	}
	return n, err
}
