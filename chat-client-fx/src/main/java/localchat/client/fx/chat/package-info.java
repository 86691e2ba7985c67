/// The chat scene: rooms, people, one observable list of messages per room, the composer. Views
/// build nodes and never see the session; view models hold the state and never see a node. Belongs
/// to the JavaFX thread. Imports `core.model`, `core.client` (view models only), and of the window
/// `fx.i18n`, `fx.settings`, `fx.look`.
package localchat.client.fx.chat;
