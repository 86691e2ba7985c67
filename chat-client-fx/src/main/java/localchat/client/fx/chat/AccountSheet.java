package localchat.client.fx.chat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.chat.Account.ShownCode;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;
import localchat.core.client.DeviceInfo;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/// The sheets about the person's own name, devices and codes.
final class AccountSheet {
    private static final double DEVICES_HEIGHT_MAX = 190;
    private static final double DEVICE_HEIGHT = 68;

    private final ChatViewModel chat;
    private final Account account;
    private final Texts texts;
    private final Sheet sheet;
    private final Runnable onClosed;

    /// @param onClosed called when a sheet is away
    AccountSheet(ChatViewModel chat, Texts texts, Sheet sheet, Runnable onClosed) {
        this.chat = chat;
        this.account = chat.account();
        this.texts = texts;
        this.sheet = sheet;
        this.onClosed = onClosed;
    }

    void openName() {
        TextField field = new TextField(chat.selfProperty().get().name().value());
        field.setId("sheet-line");
        field.setAccessibleText(texts.get("account.name"));
        sheet.open(
                texts.get("account.name"),
                new VBox(field),
                texts.get("sheet.save"),
                () -> account.changeName(field.getText(), chat.notices()::tell),
                onClosed);
        field.requestFocus();
        field.selectAll();
    }

    void openDevices() {
        VBox devices = new VBox(8);
        devices.setId("devices");
        ScrollPane scroll = new ScrollPane(devices);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(DEVICES_HEIGHT_MAX);
        scroll.getStyleClass().add("edge-to-edge");
        VBox code = new VBox(6);
        code.setId("account-code-box");
        Label fault = Look.foldingLabel("account-fault", "field-fault");
        ListChangeListener<DeviceInfo> listed = change -> show(devices, scroll);
        account.devices().addListener(listed);
        Subscription shown =
                Subscription.combine(
                        account.codeProperty().subscribe(now -> show(code, now)),
                        account.faultProperty()
                                .subscribe(now -> fault.setText(now.map(texts::get).orElse(""))),
                        () -> account.devices().removeListener(listed));
        show(devices, scroll);
        sheet.show(
                texts.get("account.devices"),
                new VBox(14, scroll, wishes(), code, fault),
                texts.get("account.close"),
                () -> {
                    shown.unsubscribe();
                    account.forget();
                    onClosed.run();
                });
        account.refresh();
    }

    private Node wishes() {
        FlowPane wishes =
                new FlowPane(
                        8,
                        8,
                        button(
                                "account-device-code",
                                "account.deviceCode",
                                account::makeDeviceCode),
                        button(
                                "account-recovery-code",
                                "account.recoveryCode",
                                account::makeRecoveryCode),
                        button(
                                "account-sign-out-others",
                                "account.signOutOthers",
                                account::signOutOthers));
        wishes.setPrefWrapLength(0);
        return wishes;
    }

    private Button button(String id, String key, Runnable action) {
        Button button = new Button(texts.get(Phrase.of(key)));
        button.setId(id);
        button.setOnAction(event -> action.run());
        return button;
    }

    private void show(VBox devices, ScrollPane scroll) {
        List<DeviceInfo> all = account.devices();
        devices.getChildren().clear();
        for (int i = 0; i < all.size(); i++) {
            devices.getChildren().add(row(i, all.get(i)));
        }
        scroll.setMinHeight(Math.min(DEVICES_HEIGHT_MAX, all.size() * DEVICE_HEIGHT));
    }

    private Node row(int index, DeviceInfo device) {
        Label name =
                new Label(device.name().isBlank() ? texts.get("device.noName") : device.name());
        name.getStyleClass().add("device-name");
        Label about = new Label(about(device));
        about.getStyleClass().add("device-about");
        about.setWrapText(true);
        about.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, name, about);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(10, words);
        row.setAlignment(Pos.CENTER_LEFT);
        if (!device.current()) {
            Button out =
                    button("device-out-" + index, "device.signOut", () -> account.revoke(device));
            out.setMinWidth(Region.USE_PREF_SIZE);
            out.setAccessibleText(texts.get("device.signOut") + " " + name.getText());
            row.getChildren().add(out);
        }
        return row;
    }

    private String about(DeviceInfo device) {
        String when =
                device.current()
                        ? texts.get("device.this")
                        : device.online()
                                ? texts.get("device.online")
                                : texts.get("device.seen", time(device.lastSeenMillis()));
        return device.clientName().isBlank() ? when : device.clientName() + " · " + when;
    }

    private String time(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(chat.clock().getZone());
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(texts.language().locale())
                .format(time);
    }

    private void show(VBox box, Optional<ShownCode> made) {
        box.getChildren().clear();
        made.ifPresent(code -> {
            Label words = new Label(code.code());
            words.setId("account-code");
            words.getStyleClass().add("account-code");
            Button copy =
                    Look.iconButton(
                            "account-code-copy",
                            Material2OutlinedAL.CONTENT_COPY,
                            texts.get("message.copy"));
            copy.setOnAction(event -> copy(code.code()));
            HBox line = new HBox(10, words, copy);
            line.setAlignment(Pos.CENTER);
            line.getStyleClass().add("account-code-line");
            Label help =
                    new Label(
                            switch (code) {
                                case ShownCode.ForDevice(String _, long expires) ->
                                        texts.get("account.deviceCode.help", time(expires));
                                case ShownCode.ForRecovery _ ->
                                        texts.get("account.recoveryCode.help");
                            });
            help.setId("account-code-help");
            help.setWrapText(true);
            help.setMinHeight(Region.USE_PREF_SIZE);
            box.getChildren().addAll(line, help);
        });
    }

    private static void copy(String code) {
        ClipboardContent content = new ClipboardContent();
        content.putString(code);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
