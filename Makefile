# `make run` and `make test` are all that is needed; the rest is for daily work.

# Fyne's OpenGL bindings take clang a minute to compile and gcc five.
ifeq ($(origin CC),default)
CC := clang
endif
export CC
# One set of flags everywhere: another set would be another cold build cache.
# migrated_fynedo: every call from another thread goes through ui/run.
export GOFLAGS := $(strip $(GOFLAGS) -tags=migrated_fynedo)

# The race detector makes every program wait a second before it ends, and tests
# start hundreds of children.
export GORACE := atexit_sleep_ms=10

BIN := bin/bankbook

.PHONY: deps build run test e2e fuzz lint torture bench tour golden clean

deps: ## install what building, running and testing need
	@.ci/deps test

build: ## build bin/bankbook
	@.ci/deps build
	go build -o $(BIN) .

run: ## install what is missing, build, and open Bankbook (or its demonstration in a terminal)
	@.ci/deps run
	go build -o $(BIN) .
	@.ci/open $(BIN)

# The tests with a window come last and alone: they wait for what a person would
# see, and the compiler beside them would take the time.
test: ## install what is missing and run every test, headless
	@.ci/deps test
	go vet ./...
	go test -race -timeout 20m $$(go list ./... | grep -v /ui/e2e)
	go test -race -timeout 40m ./ui/e2e/...

e2e: ## run only the tests with a real window, keychain and browser
	@.ci/deps test
	go test -count=1 -v -timeout 30m ./ui/e2e/...

# For each thing that reads what others have written, so many inputs as take about
# 20 s, or for a time: make fuzz FUZZTIME=10m. Before Go 1.27, what ends by the
# clock can fail without an input, "context deadline exceeded" (go.dev/issue/75804).
fuzz_one = go test -run '^$$' -fuzz '^$(1)$$' -fuzztime $(or $(FUZZTIME),$(3)x) -fuzzminimizetime 1s $(2)

fuzz: ## look for inputs that break readers
	$(call fuzz_one,FuzzParse,./core/recovery,500000)
	$(call fuzz_one,FuzzParse,./core/review,400000)
	$(call fuzz_one,FuzzParse,./storage/lockbox,1000000)
	$(call fuzz_one,FuzzRows,./storage/vault,300000)
	$(call fuzz_one,FuzzScan,./storage/vault,200000)
	$(call fuzz_one,FuzzSmallRecords,./storage/vault,200000)
	$(call fuzz_one,FuzzHeader,./storage/vault,350000)
	$(call fuzz_one,FuzzCheck,./core/sandbox/spec,400000)
	$(call fuzz_one,FuzzCustomUser,./core/sandbox/people,200000)
	$(call fuzz_one,FuzzRequests,./core/sandbox,60000)
	$(call fuzz_one,FuzzArchive,./storage/backup,5000)

lint: ## check formatting, suspicious code and complexity
	@test -z "$$(go tool gofumpt -l .)" || { go tool gofumpt -l .; echo 'run: go tool gofumpt -w .'; exit 1; }
	go vet ./...
	go tool staticcheck -checks inherit,ST1000,ST1003,ST1016,ST1020,ST1021,ST1022 ./...
	@go tool gocyclo -over 15 -ignore '_test.go' .

# What it does, in this order: damages 304 copies of a vault in 8 ways, and kills
# programs that copy, recover, rotate and migrate one; lets every call to the
# keychain fail in every way; makes every single call that writes to the disk
# fail; kills programs that write; takes the power away at every call (it replays
# what strace has recorded on a model of a disk), and from disks that forget
# syncs, which must be found out; searches all that is written for secrets. Ten
# minutes on two idle cores. It prints the seed of everything that goes by chance,
# and at the end a table: test, number, violations. `make test` runs a short form
# of all of it.
torture: ## try at length to make a vault lose something, and print what came of it
	@.ci/deps test
	go test -count=1 -v -timeout 60m -run 'Damage|Kill' ./storage/vault -torture
	go test -count=1 -v -timeout 60m -run 'Failing|Fails|Killed|PowerLoss' ./ui/boot -torture
	go test -count=1 -v -timeout 60m ./storage/vault/torture -torture

# What else is measured by: make bench BENCH='-sizes 10k -peers sqlite3'
bench: ## print the figures that the project holds itself to
	@.ci/deps test
	go test -run '^$$' -bench . -benchtime 40x ./storage/vault
	go test -run '^$$' -bench . -benchtime 5x ./storage/lockbox
	go test -run '^$$' -bench . -benchtime 3x ./storage/backup
	go test -run '^$$' -bench Scroll -benchtime 200x ./ui/kit
	go test -run '^$$' -bench Page ./core/plaid
	go test -run '^$$' -bench 'FullSync|DeepPage|MillionRows|Load' -benchtime 1x ./core/sandbox
	go test -run '^$$' -bench . -benchtime 11x ./ui/e2e
	go run ./storage/bench $(BENCH)

tour: ## write a picture of every screen to build/tour
	@.ci/deps test
	go test -count=1 -timeout 15m ./ui/e2e -run '^TestTour$$' -args -tour $(CURDIR)/build/tour

golden: ## rewrite the golden pictures after an intended change
	go test ./ui/kit/... -update

clean: ## remove what was built
	rm -rf bin build dist
