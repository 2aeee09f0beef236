package wire

// NetworkLimit is about more money than a network carries at once.
func NetworkLimit(network, limit string) *Error {
	return Fail(TransferError, "TRANSFER_NETWORK_LIMIT_EXCEEDED", network+" transaction amount cannot exceed "+limit)
}

// NotCancellable is about a transfer that the network has already.
func NotCancellable() *Error {
	return Fail(TransferError, "TRANSFER_NOT_CANCELLABLE", "transfer is not cancellable")
}

// TransferAccount is about an account that no money can be moved to or from.
func TransferAccount() *Error {
	return Fail(TransferError, "TRANSFER_UNSUPPORTED_ACCOUNT_TYPE", "transfer account type not supported")
}

// ACHClass is about an ACH class that a transfer cannot have.
func ACHClass() *Error {
	return Fail(TransferError, "TRANSFER_FORBIDDEN_ACH_CLASS", "specified ach_class is forbidden")
}

// Originator is about another customer, on whose behalf nothing can be done here.
func Originator() *Error {
	return Fail(TransferError, "TRANSFER_ORIGINATOR_NOT_FOUND", "the association between the sender and the originator client doesn't exist")
}

// Transition is about a simulated event that cannot follow.
func Transition() *Error {
	return Fail(SandboxError, "SANDBOX_TRANSFER_EVENT_TRANSITION_INVALID", "The provided simulated event type is incompatible with the current transfer status")
}
