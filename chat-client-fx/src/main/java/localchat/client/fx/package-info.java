/// The window: starts it, shows one scene after the other, and is the only place that crosses from
/// other threads to the JavaFX thread. All state of the window belongs to the JavaFX thread.
/// Imports its own sub-packages and the session of `core.client`; nothing imports it.
package localchat.client.fx;
