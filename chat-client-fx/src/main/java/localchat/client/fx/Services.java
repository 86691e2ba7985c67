package localchat.client.fx;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import localchat.client.fx.login.SessionOpener;
import localchat.client.fx.settings.Settings;

/// What the scenes need from outside the window.
///
/// @param ui runs tasks on the JavaFX thread in the order given
/// @param background runs tasks that may block, one after the other
/// @param remember keeps the settings for the next start
record Services(
        SessionOpener sessions,
        Executor ui,
        Executor background,
        Clock clock,
        Consumer<Settings> remember) {}
