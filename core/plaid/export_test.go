package plaid

// What the tests of this package's behaviour need of its insides.
var (
	NewTransport = newTransport
	Clean        = clean
	DecodePage   = decodePage
	KindOfCode   = kindOfCode
	Sleep        = sleep
)

// MaxBody is the longest answer that is read.
const MaxBody = maxBody
