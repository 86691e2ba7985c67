package localchat.client.fx.chat;

import atlantafx.base.controls.SelectableTextFlow;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.chat.MessageRow.Quote;
import localchat.client.fx.chat.MessageRow.Reaction;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.i18n.TimeWords;
import org.jspecify.annotations.Nullable;

/// The words of a message: what it replies to, its text, that it was edited, and what others
/// reacted with.
final class MessageWords {
    private static final PseudoClass OWN = PseudoClass.getPseudoClass("own");
    private static final double GAP = 6;

    private final Texts texts;
    private final TimeWords times;
    private final MessageActions actions;

    private final Text text = new Text();
    private final SelectableTextFlow flow = new SelectableTextFlow();
    private final StackPane bubble = new StackPane(flow);
    private final Label edited = new Label();
    private final Tooltip editedTime = new Tooltip();
    private final Label quoteAuthor = new Label();
    private final Label quoteText = new Label();
    private final Button quote = new Button("", new HBox(6, quoteAuthor, quoteText));
    private final FlowPane reactions = new FlowPane(GAP, GAP);
    private List<Reaction> shown = List.of();
    private @Nullable MessageRow row;

    MessageWords(Texts texts, TimeWords times, MessageActions actions) {
        this.texts = texts;
        this.times = times;
        this.actions = actions;
        text.getStyleClass().add("message-text");
        flow.setText(text);
        flow.setFocusTraversable(false);
        // Its own default is 0, which breaks the text after each letter.
        flow.setPrefWidth(Region.USE_COMPUTED_SIZE);
        bubble.getStyleClass().add("message-bubble");
        bubble.setAlignment(Pos.TOP_LEFT);
        edited.setText(texts.get("message.edited"));
        edited.getStyleClass().add("message-edited");
        edited.setMinWidth(Region.USE_PREF_SIZE);
        edited.setTooltip(editedTime);
        reactions.getStyleClass().add("message-reactions");
        buildQuote();
    }

    private void buildQuote() {
        quoteAuthor.getStyleClass().add("quote-author");
        quoteAuthor.setMinWidth(Region.USE_PREF_SIZE);
        quoteText.getStyleClass().add("quote-text");
        quoteText.setTextOverrun(OverrunStyle.ELLIPSIS);
        HBox.setHgrow(quoteText, Priority.ALWAYS);
        quote.getStyleClass().addAll("message-quote", "flat");
        quote.setMinWidth(0);
        quote.setFocusTraversable(false);
        quote.setOnAction(event ->
                row().flatMap(MessageRow::said)
                        .flatMap(Content.Said::quote)
                        .ifPresent(there -> actions.jumpTo(there.seq())));
    }

    Node bubble() {
        return bubble;
    }

    Node edited() {
        return edited;
    }

    Node quote() {
        return quote;
    }

    Node reactions() {
        return reactions;
    }

    /// What is selected of the text, may be empty.
    String selection() {
        String selected = flow.getSelectedRangeAsString();
        return selected == null ? "" : selected;
    }

    void reset() {
        row = null;
        flow.clearSelection();
    }

    /// @param words the text as it is shown
    void update(MessageRow next, String words) {
        row = next;
        text.setText(words);
        flow.setText(text);
        long editedMillis = next.said().map(Content.Said::editedMillis).orElse(0L);
        MessageCell.show(edited, editedMillis > 0);
        editedTime.setText(editedMillis > 0 ? times.full(editedMillis) : "");
        updateQuote(next.said().flatMap(Content.Said::quote));
        updateReactions(next.said().map(Content.Said::reactions).orElse(List.of()));
    }

    private void updateQuote(Optional<Quote> there) {
        MessageCell.show(quote, there.isPresent());
        if (there.isEmpty()) {
            return;
        }
        quoteAuthor.setText(there.get().author());
        quoteText.setText(
                switch (there.get().state()) {
                    case KNOWN -> there.get().text();
                    case GONE -> texts.get("quote.gone");
                    case UNKNOWN -> texts.get("quote.unknown");
                });
        MessageCell.show(quoteAuthor, !there.get().author().isEmpty());
        quote.setAccessibleText(
                texts.get("quote.accessible", quoteAuthor.getText(), quoteText.getText()));
    }

    private void updateReactions(List<Reaction> now) {
        MessageCell.show(reactions, !now.isEmpty());
        if (!now.equals(shown)) {
            shown = now;
            reactions.getChildren().setAll(now.stream().map(this::chip).toList());
        }
    }

    private Node chip(Reaction reaction) {
        Label count = new Label(String.valueOf(reaction.count()));
        HBox face = new HBox(4, Reactions.picture(reaction.emoji()), count);
        face.setAlignment(Pos.CENTER);
        Button chip = new Button("", face);
        chip.getStyleClass().add("reaction");
        chip.pseudoClassStateChanged(OWN, reaction.own());
        chip.setFocusTraversable(false);
        String who = Reactions.who(reaction, texts, actions::nameOf);
        chip.setTooltip(new Tooltip(who));
        chip.setAccessibleText(who);
        chip.setOnAction(event -> row().ifPresent(there -> actions.react(there, reaction.emoji())));
        return chip;
    }

    private Optional<MessageRow> row() {
        return Optional.ofNullable(row);
    }
}
