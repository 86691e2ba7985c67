/// Keys and proofs: the device key of a client profile and what a login signs; the key of a server,
/// how it succeeds an older one, the words and links by which people pass it on; both sides of TLS
/// and the pin, which is checked here and nowhere else. Immutable values and pure functions, usable
/// from any thread; file access only where a method says so. Imports `core.model`.
package localchat.core.identity;
