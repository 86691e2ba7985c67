/// What the window remembers between two runs, and the file it is kept in. Imports `fx.i18n`.
package localchat.client.fx.settings;
