/// What the window says, in each language. Immutable, usable from any thread. Imports nothing of
/// this project.
package localchat.client.fx.i18n;
