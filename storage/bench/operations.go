package main

// op is one thing that is measured.
type op struct {
	name string
	// target is what PERFORMANCE §0 asks for at a million rows; max is its
	// duration in milliseconds, or 0.
	target string
	max    float64
	// rounds is how often it is done; 0 means as often as the command line says.
	rounds int
}

// The operations. Reading ones come first: writing changes the answers.
var (
	openWarm  = op{name: "open → newest 50 of account and 90 days, warm", target: "5 ms", max: 5, rounds: 15}
	openCold  = op{name: "open → newest 50 of account and 90 days, cold", target: "10 ms", max: 10, rounds: 15}
	newest    = op{name: "newest 50 of the same, already open"}
	readyWarm = op{name: "open → index ready, warm", target: "600 ms", max: 600}
	readyCold = op{name: "open → index ready, cold", target: "800 ms", max: 800}
	sum       = op{name: "totals of everything", target: "3 ms, 100× SQLite", max: 3}
	byMonth   = op{name: "by month", target: "8 ms, 100× SQLite", max: 8}
	filter    = op{name: "date, account and amount → rows and totals", target: "8 ms", max: 8}
	text      = op{name: "substring “" + needle + "”", target: "30 ms, 10× SQLite", max: 30}
	csvAll    = op{name: "CSV of everything", target: "700 ms, 3× howeyc", max: 700}

	insert = op{name: "500 new rows, durable", target: "8 ms, 5× SQLite", max: 8, rounds: 40}
	change = op{name: "modify 250 and remove 250 scattered rows", target: "40 ms", max: 40, rounds: 11}

	firstBatch = op{name: "open → first batch (id map)"}
	verify     = op{name: "verify everything"}
	snapshot   = op{name: "snapshot, verified and compacted", rounds: 3}
	rotate     = op{name: "rotate all keys", rounds: 3}
	backUp     = op{name: "backup, read back", rounds: 1}
)

func readings() []op {
	return []op{openWarm, openCold, newest, readyWarm, readyCold, sum, byMonth, filter, text, csvAll}
}

func writings() []op { return []op{insert, change} }

func upkeep() []op { return []op{firstBatch, verify, snapshot, rotate, backUp} }
