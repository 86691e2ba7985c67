/// The session that every front end uses: connect, log in, send, resume, reconnect. It runs on
/// virtual threads of its own and speaks to its front end in [localchat.core.client.SessionEvent]s,
/// one after the other, on its session thread. Imports `core.model`, `core.protocol`,
/// `core.identity`.
package localchat.core.client;
