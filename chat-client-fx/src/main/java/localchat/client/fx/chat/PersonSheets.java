package localchat.client.fx.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;

/// The forms about somebody: for how long, and why.
final class PersonSheets {
    /// How long something lasts, as it is offered.
    private record Span(Duration duration, Phrase words) {}

    private static final Span[] MUTES = {
        new Span(Duration.ofMinutes(10), Phrase.of("span.minutes", 10)),
        new Span(Duration.ofHours(1), Phrase.of("span.hour")),
        new Span(Duration.ofDays(1), Phrase.of("span.day")),
        new Span(Duration.ofDays(7), Phrase.of("span.week"))
    };

    private static final Span[] BANS = {
        new Span(Duration.ofDays(1), Phrase.of("span.day")),
        new Span(Duration.ofDays(7), Phrase.of("span.week")),
        new Span(Duration.ZERO, Phrase.of("span.forGood"))
    };

    private final ChatViewModel model;
    private final Texts texts;
    private final Sheet sheet;
    private final Runnable onClosed;

    /// @param onClosed called when a form is away
    PersonSheets(ChatViewModel model, Texts texts, Sheet sheet, Runnable onClosed) {
        this.model = model;
        this.texts = texts;
        this.sheet = sheet;
        this.onClosed = onClosed;
    }

    void kick(PersonRow person) {
        TextField reason = reason();
        sheet.open(
                texts.get("person.kick.question", person.name()),
                new VBox(8, words("person.kick.help"), reason),
                texts.get("person.kick.confirm"),
                () -> model.personCommands().kick(person, reason.getText()),
                onClosed);
        reason.requestFocus();
    }

    void mute(PersonRow person) {
        spanned(
                texts.get("person.mute.question", person.name()),
                texts.get("person.mute.confirm"),
                MUTES,
                (span, reason) -> model.personCommands().mute(person, span, reason));
    }

    void ban(PersonRow person) {
        spanned(
                texts.get("person.ban.question", person.name()),
                texts.get("person.ban.confirm"),
                BANS,
                (span, reason) -> model.personCommands().ban(person, span, reason));
    }

    private void spanned(
            String title,
            String yes,
            Span[] spans,
            BiFunction<Duration, String, Optional<Phrase>> action) {
        ChoiceBox<Span> choice = new ChoiceBox<>();
        choice.setId("person-span");
        choice.setAccessibleText(texts.get("person.howLong"));
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.getItems().setAll(spans);
        choice.setConverter(new SpanWords());
        choice.setValue(spans[0]);
        TextField reason = reason();
        sheet.open(
                title,
                new VBox(8, words("person.howLong"), choice, reason),
                yes,
                () -> action.apply(choice.getValue().duration(), reason.getText()),
                onClosed);
        choice.requestFocus();
    }

    private TextField reason() {
        TextField field = new TextField();
        field.setId("person-reason");
        field.setPromptText(texts.get("person.reason"));
        field.setAccessibleText(texts.get("person.reason"));
        return field;
    }

    private Label words(String key) {
        Label label = new Label(texts.get(Phrase.of(key)));
        label.setWrapText(true);
        return label;
    }

    private final class SpanWords extends StringConverter<Span> {
        @Override
        public String toString(Span span) {
            return texts.get(span.words());
        }

        @Override
        public Span fromString(String words) {
            throw new UnsupportedOperationException("spans are chosen, not typed");
        }
    }
}
