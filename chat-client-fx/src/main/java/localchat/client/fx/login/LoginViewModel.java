package localchat.client.fx.login;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import localchat.client.fx.i18n.FailureWords;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.settings.Settings;
import localchat.core.client.ChatSession;
import localchat.core.client.Profile;
import localchat.core.client.SessionEvent;
import localchat.core.identity.JoinLink;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import org.jspecify.annotations.Nullable;

/// What the login scene holds and does. Belongs to the JavaFX thread.
public final class LoginViewModel {
    private final SessionOpener opener;
    private final Executor ui;
    private final Executor background;
    private final Consumer<Arrival> onArrival;

    private final CheckedField name;
    private final CheckedField host;
    private final CheckedField port;
    private final CheckedField code = new CheckedField("", FieldFaults::ofCode);
    private final ObjectProperty<CodeKind> codeKind =
            new SimpleObjectProperty<>(this, "codeKind", CodeKind.DEVICE);
    private final ReadOnlyBooleanWrapper codeShown =
            new ReadOnlyBooleanWrapper(this, "codeShown", false);
    private final ReadOnlyObjectWrapper<LoginState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new LoginState.Filling());
    private @Nullable Attempt attempt;

    /// A form filled with what is remembered.
    ///
    /// @param ui runs tasks on the JavaFX thread in the order given
    /// @param background runs tasks that may block
    /// @param onArrival called once for each login that succeeds
    public LoginViewModel(
            SessionOpener opener,
            Executor ui,
            Executor background,
            Consumer<Arrival> onArrival,
            Settings remembered) {
        this.opener = opener;
        this.ui = ui;
        this.background = background;
        this.onArrival = onArrival;
        name = new CheckedField(remembered.name(), FieldFaults::ofName);
        host = new CheckedField(remembered.host(), FieldFaults::ofHost);
        port = new CheckedField(remembered.port(), FieldFaults::ofPort);
    }

    /// The person's name.
    public StringProperty nameProperty() {
        return name.text;
    }

    /// The server's name or address; `HOST:PORT` is understood.
    public StringProperty hostProperty() {
        return host.text;
    }

    /// The server's port.
    public StringProperty portProperty() {
        return port.text;
    }

    /// What is wrong with the name, once it was touched.
    public ReadOnlyObjectProperty<Optional<Phrase>> nameFaultProperty() {
        return name.fault.getReadOnlyProperty();
    }

    /// What is wrong with the server's address, once it was touched.
    public ReadOnlyObjectProperty<Optional<Phrase>> hostFaultProperty() {
        return host.fault.getReadOnlyProperty();
    }

    /// What is wrong with the port, once it was touched.
    public ReadOnlyObjectProperty<Optional<Phrase>> portFaultProperty() {
        return port.fault.getReadOnlyProperty();
    }

    /// A code that the person was given; counts while [#codeShownProperty].
    public StringProperty codeProperty() {
        return code.text;
    }

    /// What kind of code it is.
    public ObjectProperty<CodeKind> codeKindProperty() {
        return codeKind;
    }

    /// What is wrong with the code.
    public ReadOnlyObjectProperty<Optional<Phrase>> codeFaultProperty() {
        return code.fault.getReadOnlyProperty();
    }

    /// Whether the form has a place for a code.
    public ReadOnlyBooleanProperty codeShownProperty() {
        return codeShown.getReadOnlyProperty();
    }

    /// The person has a code, or has none after all.
    public void toggleCode() {
        codeShown.set(!codeShown.get());
    }

    /// Where the login stands.
    public ReadOnlyObjectProperty<LoginState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// The host field was left: a port written there moves to its own field.
    public void splitHost() {
        String text = host.text.get().strip();
        if (Destination.isLink(text)) {
            return;
        }
        boolean carriesPort = text.startsWith("[") || text.indexOf(':') == text.lastIndexOf(':');
        if (text.contains(":") && carriesPort && FieldFaults.ofHost(text).isEmpty()) {
            ServerAddress address = ServerAddress.parse(text);
            host.text.set(address.host());
            port.text.set(String.valueOf(address.port()));
        }
    }

    /// Connects, unless something in the form is wrong: then its faults show.
    public void connect() {
        if (state.get() instanceof LoginState.Connecting) {
            return;
        }
        splitHost();
        List<CheckedField> faulty =
                Stream.of(name, host, port, code)
                        // A link brings its port.
                        .filter(field -> !(field == port && Destination.isLink(host.text.get())))
                        .filter(field -> field != code || codeShown.get())
                        .filter(field -> !field.check())
                        .toList();
        if (!faulty.isEmpty()) {
            state.set(new LoginState.Filling());
            return;
        }
        Destination destination = destination();
        Attempt next = new Attempt(destination, new UserName(name.text.get()));
        attempt = next;
        state.set(new LoginState.Connecting(destination.server().toString()));
        background.execute(next::open);
    }

    private Destination destination() {
        String text = host.text.get().strip();
        Destination there =
                Destination.isLink(text)
                        ? Destination.linked(JoinLink.parse(text))
                        : Destination.typed(
                                new ServerAddress(
                                        text, ServerAddress.parsePort(port.text.get().strip())));
        boolean hasCode = codeShown.get() && !code.text.get().isBlank();
        return hasCode ? there.with(codeKind.get().with(code.text.get())) : there;
    }

    /// Gives up the connection being made.
    public void cancel() {
        Attempt current = attempt;
        if (current != null) {
            attempt = null;
            current.abandon();
            state.set(new LoginState.Filling());
        }
    }

    private boolean isCurrent(Attempt candidate) {
        return attempt == candidate;
    }

    private void fail(Attempt failed, Phrase reason) {
        if (isCurrent(failed)) {
            attempt = null;
            state.set(new LoginState.Refused(reason));
        }
    }

    private void fail(Attempt failed, SessionEvent.Ended ended, Object where) {
        Phrase reason = FailureWords.of(ended, where, failed.person);
        switch (ended.failure()) {
            case NAME_TAKEN, DEVICE_REVOKED -> askForCode(failed, reason, Optional.of(true));
            case INVITE_REQUIRED -> askForCode(failed, reason, Optional.of(false));
            case CODE_INVALID -> askForCode(failed, reason, Optional.empty());
            default -> fail(failed, reason);
        }
    }

    /// @param own whether it is a code of the person's own that helps; empty: one as given
    private void askForCode(Attempt failed, Phrase reason, Optional<Boolean> own) {
        if (!isCurrent(failed)) {
            return;
        }
        attempt = null;
        boolean isOwn = codeKind.get() == CodeKind.DEVICE || codeKind.get() == CodeKind.RECOVERY;
        if (own.isPresent() && own.get() != isOwn) {
            codeKind.set(own.get() ? CodeKind.DEVICE : CodeKind.INVITE);
        }
        codeShown.set(true);
        state.set(new LoginState.CodeNeeded(reason));
    }

    /// A field that says what is wrong with it from the first change on.
    private static final class CheckedField {
        final StringProperty text;
        final ReadOnlyObjectWrapper<Optional<Phrase>> fault =
                new ReadOnlyObjectWrapper<>(Optional.empty());
        private final Function<String, Optional<Phrase>> rule;

        CheckedField(String initial, Function<String, Optional<Phrase>> rule) {
            this.rule = rule;
            text = new javafx.beans.property.SimpleStringProperty(initial);
            text.addListener((observable, before, now) -> check());
        }

        boolean check() {
            fault.set(rule.apply(text.get()));
            return fault.get().isEmpty();
        }
    }

    /// One try to log in. Only [#open] runs on another thread.
    private final class Attempt {
        private final Destination destination;
        private final ServerAddress server;
        private final UserName person;
        private final SessionRelay relay = new SessionRelay(ui, this::onSessionEvent);
        private @Nullable ChatSession session;

        Attempt(Destination destination, UserName person) {
            this.destination = destination;
            this.server = destination.server();
            this.person = person;
        }

        void open() {
            try {
                ChatSession opened = opener.open(destination, person, relay);
                ui.execute(() -> begin(opened));
            } catch (Profile.InUseException e) {
                ui.execute(() -> fail(this, Phrase.of("failure.profile.inUse", person)));
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                ui.execute(() -> fail(this, Phrase.of("failure.profile.unreadable", why)));
            }
        }

        private void begin(ChatSession opened) {
            session = opened;
            if (isCurrent(this)) {
                opened.start();
            } else {
                opened.close();
            }
        }

        void abandon() {
            if (session != null) {
                session.close();
            }
        }

        private void onSessionEvent(SessionEvent event) {
            if (!isCurrent(this)) {
                return;
            }
            boolean showable =
                    event instanceof SessionEvent.Connected
                            || event instanceof SessionEvent.RoomRestored
                            || event instanceof SessionEvent.PostRestored;
            if (showable && session != null) {
                attempt = null;
                code.text.set("");
                state.set(new LoginState.Filling());
                onArrival.accept(new Arrival(session, relay, person, server));
                relay.pass(event);
            } else if (event instanceof SessionEvent.Ended ended) {
                boolean noSuchName = ended.failure() == SessionEvent.Failure.UNKNOWN_HOST;
                Object where = noSuchName ? server.host() : server;
                fail(this, ended, where);
            }
        }
    }
}
