/// The wire: length-prefixed frames, their limits, and the translation between generated Protocol
/// Buffers messages and [localchat.core.model]. No sockets, channels, threads, clocks or logging.
/// Imports only `core.model` and the generated classes.
package localchat.core.protocol;
