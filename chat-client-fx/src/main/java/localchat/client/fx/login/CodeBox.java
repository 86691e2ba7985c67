package localchat.client.fx.login;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.look.Look;

/// The place for a code in the login's form: why one is needed, of what kind it is, where one gets
/// it.
final class CodeBox {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final LoginViewModel model;
    private final Texts texts;
    private final Label reason = Look.foldingLabel("login-code-reason", "login-code-reason");
    private final ChoiceBox<CodeKind> kind = new ChoiceBox<>();
    private final TextField input = new TextField();
    private final Label help = Look.foldingLabel("login-code-help", "login-code-help");
    private final Label fault = Look.foldingLabel("login-code-fault", "field-fault");
    private final VBox root;
    private final Hyperlink toggle = new Hyperlink();

    CodeBox(LoginViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        Label label = new Label(texts.get("login.code"));
        label.getStyleClass().add("field-label");
        label.setLabelFor(input);
        input.setId("login-code");
        input.setPromptText(texts.get("login.code.prompt"));
        kind.setId("login-code-kind");
        kind.setAccessibleText(texts.get("login.code.kind"));
        kind.getItems().setAll(CodeKind.values());
        kind.setConverter(new KindWords());
        kind.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(kind, Priority.ALWAYS);
        root = new VBox(8, reason, label, kind, input, help, fault);
        root.setId("login-code-box");
        root.getStyleClass().add("login-code");
        root.managedProperty().bind(root.visibleProperty());
        toggle.setId("login-code-toggle");
        toggle.setOnAction(event -> pressed());
    }

    Node root() {
        return root;
    }

    /// Opens and closes the place.
    Node toggle() {
        return toggle;
    }

    Node focusTarget() {
        return input;
    }

    Subscription attach() {
        input.textProperty().bindBidirectional(model.codeProperty());
        kind.valueProperty().bindBidirectional(model.codeKindProperty());
        return Subscription.combine(
                model.codeShownProperty().subscribe(this::show),
                model.codeKindProperty().subscribe(now -> help.setText(texts.get(now.origin()))),
                model.codeFaultProperty().subscribe(this::showFault),
                () -> input.textProperty().unbindBidirectional(model.codeProperty()),
                () -> kind.valueProperty().unbindBidirectional(model.codeKindProperty()));
    }

    /// Says why a code is needed, or nothing.
    void ask(Optional<Phrase> why) {
        reason.setText(why.map(texts::get).orElse(""));
    }

    void setEditable(boolean editable) {
        input.setEditable(editable);
        kind.setDisable(!editable);
        toggle.setDisable(!editable);
    }

    private void pressed() {
        model.toggleCode();
        if (model.codeShownProperty().get()) {
            input.requestFocus();
        }
    }

    private void show(boolean shown) {
        root.setVisible(shown);
        toggle.setText(texts.get(shown ? "login.code.none" : "login.code.have"));
    }

    private void showFault(Optional<Phrase> now) {
        input.pseudoClassStateChanged(DANGER, now.isPresent());
        String words = now.map(texts::get).orElse("");
        fault.setText(words);
        input.setAccessibleHelp(words);
    }

    private final class KindWords extends StringConverter<CodeKind> {
        @Override
        public String toString(CodeKind each) {
            return texts.get(each.words());
        }

        @Override
        public CodeKind fromString(String words) {
            throw new UnsupportedOperationException("kinds are chosen, not typed");
        }
    }
}
