/// Keys and proofs: the device key of a client profile, the key of a server, and what a login
/// signs. Immutable values and pure functions; file access only where a method says so. Imports
/// `core.model`.
package localchat.core.identity;
