package localchat.client.fx.login;

import atlantafx.base.controls.RingProgressIndicator;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.AppearanceBar;
import localchat.client.fx.look.Look;
import localchat.client.fx.look.Screen;
import localchat.client.fx.settings.Appearance;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/// The login scene.
public final class LoginView implements Screen {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double PORT_WIDTH = 92;

    private final LoginViewModel model;
    private final Texts texts;
    private final ScrollPane root = new ScrollPane();
    private final Field name;
    private final Field host;
    private final Field port;
    private final CodeBox code;
    private final Button connect = new Button();
    private final Button cancel = new Button();
    private final Label progressWords = new Label();
    private final HBox progress = new HBox(10);
    private final Label errorWords = new Label();
    private final HBox error = new HBox(10);
    private Subscription subscription = Subscription.EMPTY;

    /// The scene in these words.
    public LoginView(LoginViewModel model, Texts texts, Appearance appearance) {
        this.model = model;
        this.texts = texts;
        name = field("login-name", texts.get("login.name"), texts.get("login.name.prompt"));
        host = field("login-host", texts.get("login.host"), texts.get("login.host.prompt"));
        port = field("login-port", texts.get("login.port"), "");
        code = new CodeBox(model, texts);
        root.setId("login");
        root.getStyleClass().addAll("login", "edge-to-edge");
        root.setFitToWidth(true);
        root.setFitToHeight(true);
        root.setContent(page(new AppearanceBar(appearance, texts)));
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void attach() {
        subscription =
                Subscription.combine(
                        attach(name, model.nameProperty(), model.nameFaultProperty()),
                        attach(host, model.hostProperty(), model.hostFaultProperty()),
                        attach(port, model.portProperty(), model.portFaultProperty()),
                        code.attach(),
                        host.input.focusedProperty().subscribe(this::hostFocusChanged),
                        model.stateProperty().subscribe(this::stateChanged));
        Field first = model.nameProperty().get().isEmpty() ? name : host;
        boolean filled =
                !model.nameProperty().get().isEmpty() && !model.hostProperty().get().isEmpty();
        Node start = filled ? connect : first.input;
        start.requestFocus();
    }

    @Override
    public void detach() {
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
    }

    /// A text field with its label above and the reason below when something is wrong with it.
    private record Field(VBox box, TextField input, Label fault) {}

    private static Field field(String id, String words, String prompt) {
        TextField input = new TextField();
        input.setId(id);
        input.setPromptText(prompt);
        Label label = new Label(words);
        label.getStyleClass().add("field-label");
        label.setLabelFor(input);
        Label fault = Look.foldingLabel(id + "-fault", "field-fault");
        VBox box = new VBox(6, label, input, fault);
        box.setMinWidth(0);
        return new Field(box, input, fault);
    }

    private Node page(AppearanceBar appearance) {
        HBox server = new HBox(12, host.box, port.box);
        HBox.setHgrow(host.box, Priority.ALWAYS);
        port.box.setMinWidth(PORT_WIDTH);
        port.box.setMaxWidth(PORT_WIDTH);

        VBox form =
                new VBox(
                        16,
                        name.box,
                        server,
                        code.root(),
                        buildError(),
                        buildConnect(),
                        buildProgress(),
                        code.toggle());
        form.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);

        VBox card = new VBox(24, header(), form);
        card.getStyleClass().add("login-card");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        StackPane middle = new StackPane(card);
        VBox.setVgrow(middle, Priority.ALWAYS);
        VBox page = new VBox(middle, appearance.root());
        page.getStyleClass().add("login-page");
        return page;
    }

    private Node header() {
        Label title = new Label(texts.get("app.name"));
        title.getStyleClass().add("login-title");
        Label subtitle = new Label(texts.get("login.subtitle"));
        subtitle.getStyleClass().add("login-subtitle");
        subtitle.setWrapText(true);
        subtitle.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(4, title, subtitle);
        words.setAlignment(Pos.CENTER);
        VBox header = new VBox(16, Look.logo(true), words);
        header.setAlignment(Pos.CENTER);
        return header;
    }

    private Node buildError() {
        FontIcon icon = new FontIcon(Material2OutlinedAL.ERROR_OUTLINE);
        errorWords.setId("login-error");
        errorWords.setWrapText(true);
        errorWords.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(errorWords, Priority.ALWAYS);
        error.getChildren().addAll(icon, errorWords);
        error.getStyleClass().add("login-error");
        error.managedProperty().bind(error.visibleProperty());
        return error;
    }

    private Node buildConnect() {
        connect.setId("login-connect");
        connect.setText(texts.get("login.connect"));
        connect.setMaxWidth(Double.MAX_VALUE);
        connect.getStyleClass().addAll("accent", "large");
        connect.setDefaultButton(true);
        connect.setOnAction(event -> submit());
        connect.managedProperty().bind(connect.visibleProperty());
        return connect;
    }

    private Node buildProgress() {
        RingProgressIndicator ring = new RingProgressIndicator();
        ring.setMinSize(22, 22);
        ring.setPrefSize(22, 22);
        ring.setMaxSize(22, 22);
        progressWords.setId("login-progress");
        progressWords.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(progressWords, Priority.ALWAYS);
        cancel.setId("login-cancel");
        cancel.setText(texts.get("login.cancel"));
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(event -> model.cancel());
        progress.setAlignment(Pos.CENTER_LEFT);
        progress.getChildren().addAll(ring, progressWords, cancel);
        progress.managedProperty().bind(progress.visibleProperty());
        return progress;
    }

    private Subscription attach(
            Field field, StringProperty text, ReadOnlyObjectProperty<Optional<Phrase>> fault) {
        field.input.textProperty().bindBidirectional(text);
        Subscription faults =
                fault.subscribe(now -> {
                    field.input.pseudoClassStateChanged(DANGER, now.isPresent());
                    String words = now.map(texts::get).orElse("");
                    field.fault.setText(words);
                    field.input.setAccessibleHelp(words);
                });
        return faults.and(() -> field.input.textProperty().unbindBidirectional(text));
    }

    private void hostFocusChanged(boolean focused) {
        if (!focused) {
            model.splitHost();
        }
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            model.cancel();
        }
    }

    private void submit() {
        model.connect();
        if (model.stateProperty().get() instanceof LoginState.Filling) {
            focusFirstFault();
        }
    }

    private void focusFirstFault() {
        if (model.nameFaultProperty().get().isPresent()) {
            name.input.requestFocus();
        } else if (model.hostFaultProperty().get().isPresent()) {
            host.input.requestFocus();
        } else if (model.portFaultProperty().get().isPresent()) {
            port.input.requestFocus();
        } else if (model.codeFaultProperty().get().isPresent()) {
            code.focusTarget().requestFocus();
        }
    }

    private void stateChanged(LoginState state) {
        boolean connecting = state instanceof LoginState.Connecting;
        boolean connectHadFocus = connect.isFocused();
        boolean cancelHadFocus = cancel.isFocused();
        for (Field field : new Field[] {name, host, port}) {
            field.input.setEditable(!connecting);
        }
        code.setEditable(!connecting);
        progress.setVisible(connecting);
        connect.setVisible(!connecting);
        error.setVisible(state instanceof LoginState.Refused);
        switch (state) {
            case LoginState.Filling() -> code.ask(Optional.empty());
            case LoginState.CodeNeeded(Phrase reason) -> code.ask(Optional.of(reason));
            case LoginState.Connecting(String server) ->
                    progressWords.setText(texts.get("login.connecting", server));
            case LoginState.Refused(Phrase reason) -> errorWords.setText(texts.get(reason));
        }
        if (state instanceof LoginState.CodeNeeded) {
            code.focusTarget().requestFocus();
        } else if (connecting && connectHadFocus) {
            cancel.requestFocus();
        } else if (!connecting && cancelHadFocus) {
            connect.requestFocus();
        }
    }
}
