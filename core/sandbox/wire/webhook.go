package wire

import "fmt"

// WebhookKey is about the id of a key that is not known.
func WebhookKey() *Error {
	return Fail(InvalidInput, "INVALID_WEBHOOK_VERIFICATION_KEY_ID", "invalid webhook verification key_id provided")
}

// SandboxWebhook is about a webhook that cannot be fired.
func SandboxWebhook() *Error {
	return Fail(SandboxError, "SANDBOX_WEBHOOK_INVALID", "Webhook for this item is either not set up, or invalid. Please update the item's webhook and try again.")
}

// SandboxProduct is about a webhook of a product that the Item does not have.
func SandboxProduct(product string) *Error {
	return Fail(SandboxError, "SANDBOX_PRODUCT_NOT_ENABLED", fmt.Sprintf("The %s product is not enabled on this item", product))
}

// PermissionRevoked is about a user who has taken the permission back.
func PermissionRevoked() *Error {
	return Fail(ItemError, "USER_PERMISSION_REVOKED", "the holder of this account has revoked their permission for your application to access it")
}
