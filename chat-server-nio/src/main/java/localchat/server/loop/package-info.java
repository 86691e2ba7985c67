/// The event loop: one thread that selects, runs what other threads hand over, fires timers, and
/// between them the stages it was given. Knows nothing of chat and imports no other package of this
/// project. Everything here but [localchat.server.loop.Mailbox]'s `post…` methods belongs to the
/// loop thread.
package localchat.server.loop;
