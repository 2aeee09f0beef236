package backup

// What people find who open a backup without Bankbook.
const (
	fullReadme = `This is a backup of Bankbook: everything it knew when the backup was made,
with the access to your banks. Keep it as safe as the passphrase.

To bring it back:       bankbook restore FILE
To look into the file:  age -d FILE | tar t
To unpack it:           age -d FILE | tar x      (https://age-encryption.org)

backup.json             what is in here, with the SHA-256 of every file
<source>/vault.db       the sealed data of one source
<source>/secrets.json   its key, access tokens, account numbers and Plaid keys
                        (the values are in base64)
practice/bank.json      the practice bank's side of the story
settings.json           which source and which appearance you chose
`
	reviewReadme = `This is a copy of data of Bankbook, made for somebody to look at. It holds banks,
accounts and transactions, but no access to the banks and no account numbers.

To look at it:          bankbook restore FILE    (in an empty data folder)
To unpack it:           age -d FILE | tar x      (https://age-encryption.org)

backup.json             what is in here, with the SHA-256 of every file
<source>/vault.db       the sealed data of one source
<source>/secrets.json   its key, which is of this copy alone (in base64)
`
)
