/// The terminal client: `chat-term`, with line editing at a terminal and as a filter in a pipe.
///
/// In either mode one thread owns all state and takes what happens, one notice after the other,
/// from an [localchat.client.terminal.Inbox]; the session's thread, the reader of standard input
/// and the line editor only put notices in. Imports `core.client`, `core.model` and
/// `core.identity`; nothing imports it. The pipe mode never touches JLine, so that it starts fast.
package localchat.client.terminal;
