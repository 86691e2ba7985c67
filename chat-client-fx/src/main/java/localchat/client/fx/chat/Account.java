package localchat.client.fx.chat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.DeviceInfo;
import localchat.core.client.OwnAccount;
import localchat.core.client.RequestException;
import localchat.core.client.SecretCode;
import localchat.core.model.UserName;

/// The person's own name, devices and codes. Belongs to the JavaFX thread.
public final class Account {
    /// A code to be shown.
    public sealed interface ShownCode {
        /// The code as it is typed.
        String code();

        /// For another device.
        record ForDevice(String code, long expiresMillis) implements ShownCode {}

        /// To be written down.
        record ForRecovery(String code) implements ShownCode {}
    }

    private final OwnAccount account;
    private final Executor ui;
    private final ObservableList<DeviceInfo> devices = FXCollections.observableArrayList();
    private final ObservableList<DeviceInfo> readOnlyDevices =
            FXCollections.unmodifiableObservableList(devices);
    private final ReadOnlyObjectWrapper<Optional<ShownCode>> code =
            new ReadOnlyObjectWrapper<>(this, "code", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Phrase>> fault =
            new ReadOnlyObjectWrapper<>(this, "fault", Optional.empty());

    /// @param ui runs tasks on the JavaFX thread in the order given
    Account(OwnAccount account, Executor ui) {
        this.account = account;
        this.ui = ui;
    }

    /// The devices, as the server listed them last.
    public ObservableList<DeviceInfo> devices() {
        return readOnlyDevices;
    }

    /// The code that was made last, until [#forget].
    public ReadOnlyObjectProperty<Optional<ShownCode>> codeProperty() {
        return code.getReadOnlyProperty();
    }

    /// Why the last wish was not fulfilled.
    public ReadOnlyObjectProperty<Optional<Phrase>> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /// Asks for the list of devices.
    public void refresh() {
        ask(account.devices(), devices::setAll);
    }

    /// Signs a device out.
    public void revoke(DeviceInfo device) {
        ask(account.revokeDevice(device.id()), done -> refresh());
    }

    /// Signs all devices out but this one.
    public void signOutOthers() {
        ask(account.signOutOthers(), done -> refresh());
    }

    /// Makes a code for another device.
    public void makeDeviceCode() {
        ask(account.deviceCode(), made -> show(forDevice(made)));
    }

    private static ShownCode forDevice(SecretCode made) {
        return new ShownCode.ForDevice(made.code(), made.expiresMillis());
    }

    /// Makes a code to be written down.
    public void makeRecoveryCode() {
        ask(account.recoveryCode(), made -> show(new ShownCode.ForRecovery(made.code())));
    }

    private void show(ShownCode made) {
        code.set(Optional.of(made));
    }

    /// The code was seen, and is not to be shown again.
    public void forget() {
        code.set(Optional.empty());
        fault.set(Optional.empty());
    }

    /// Takes another name.
    ///
    /// @param refused told when the server does not want that
    /// @return what is wrong with the name; empty when the request is on its way
    public Optional<Phrase> changeName(String raw, Consumer<Phrase> refused) {
        if (UserName.fault(raw).isPresent()) {
            return Optional.of(Phrase.of("fault.name.other"));
        }
        var _ =
                account.changeName(new UserName(raw))
                        .whenCompleteAsync(
                                (done, failure) -> words(failure).ifPresent(refused), ui);
        return Optional.empty();
    }

    private <T> void ask(CompletableFuture<T> answer, Consumer<T> use) {
        fault.set(Optional.empty());
        var _ =
                answer.whenCompleteAsync(
                        (value, failure) -> {
                            fault.set(words(failure));
                            if (failure == null) {
                                use.accept(value);
                            }
                        },
                        ui);
    }

    /// Why a request failed; empty when it did not.
    static Optional<Phrase> words(@org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            return Optional.empty();
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return Optional.of(
                cause instanceof RequestException refused
                        ? Refusals.of(refused.code(), String.valueOf(refused.getMessage()))
                        : Phrase.of("refusal.other", String.valueOf(cause.getMessage())));
    }
}
