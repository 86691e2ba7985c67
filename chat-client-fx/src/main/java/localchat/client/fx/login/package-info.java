/// The login scene. [LoginView][localchat.client.fx.login.LoginView] builds nodes and never sees
/// the session; [LoginViewModel][localchat.client.fx.login.LoginViewModel] holds the state and
/// never sees a node. Belongs to the JavaFX thread. Imports `core.model`, `core.client`, and of the
/// window `fx.i18n`, `fx.settings`, `fx.look`.
package localchat.client.fx.login;
