/// The values of the chat: records whose constructors reject what is invalid, so that a value that
/// exists is valid. Immutable, usable from any thread, without sockets, threads, clocks or logging.
/// Imports nothing of this project.
package localchat.core.model;
