/// What all scenes share in how they look: theme, stylesheet, icons, avatars. Belongs to the JavaFX
/// thread. Imports `fx.i18n` and `fx.settings`; knows nothing of chat.
package localchat.client.fx.look;
