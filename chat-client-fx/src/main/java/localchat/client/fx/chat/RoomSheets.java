package localchat.client.fx.chat;

import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.CheckBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.converter.LocalDateStringConverter;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;

/// The forms about rooms.
final class RoomSheets {
    private final ChatViewModel model;
    private final Texts texts;
    private final Sheet sheet;
    private final Runnable onClosed;

    /// @param onClosed called when a form is away
    RoomSheets(ChatViewModel model, Texts texts, Sheet sheet, Runnable onClosed) {
        this.model = model;
        this.texts = texts;
        this.sheet = sheet;
        this.onClosed = onClosed;
    }

    void topic(RoomModel room) {
        line(
                texts.get("room.topic"),
                room.topicProperty().get(),
                raw -> model.roomCommands().setTopic(room, raw));
    }

    void rename(RoomModel room) {
        line(
                texts.get("room.rename"),
                room.nameProperty().get(),
                raw -> model.roomCommands().rename(room, raw));
    }

    private void line(String title, String before, Function<String, Optional<Phrase>> action) {
        TextField field = new TextField(before);
        field.setId("sheet-line");
        field.setAccessibleText(title);
        sheet.open(
                title,
                new VBox(field),
                texts.get("sheet.save"),
                () -> action.apply(field.getText()),
                onClosed);
        field.requestFocus();
        field.selectAll();
    }

    void leave(RoomModel room) {
        boolean isPrivate = room.kind() == localchat.core.model.RoomKind.PRIVATE;
        String name = room.nameProperty().get();
        sheet.ask(
                texts.get(isPrivate ? "room.leavePrivate.question" : "room.leave.question", name),
                texts.get("room.leave.confirm"),
                () -> model.roomCommands().leave(room),
                onClosed);
    }

    void delete(MessageRow row) {
        sheet.ask(
                texts.get("message.delete.question"),
                texts.get("message.delete"),
                () -> model.messages().delete(row),
                onClosed);
    }

    void addMembers(RoomModel room) {
        members(
                texts.get("room.addMembers"),
                texts.get("room.addMembers.confirm"),
                model.roomCommands().strangers(room),
                person -> model.roomCommands().addMember(room, person));
    }

    void removeMembers(RoomModel room) {
        members(
                texts.get("room.removeMembers"),
                texts.get("room.removeMembers.confirm"),
                model.roomCommands().members(room),
                person -> model.roomCommands().removeMember(room, person));
    }

    private void members(
            String title,
            String yes,
            List<PersonRow> people,
            java.util.function.Consumer<PersonRow> action) {
        PeoplePicker picker = new PeoplePicker(texts, people);
        sheet.open(
                title,
                picker.root(),
                yes,
                () -> {
                    List<PersonRow> picked = picker.picked();
                    picked.forEach(action);
                    return picked.isEmpty()
                            ? Optional.of(Phrase.of("picker.pickSomebody"))
                            : Optional.empty();
                },
                onClosed);
        picker.focusTarget().requestFocus();
    }

    void newPrivate() {
        TextField name = new TextField();
        name.setId("private-name");
        name.setPromptText(texts.get("rooms.new.prompt"));
        name.setAccessibleText(texts.get("rooms.new.prompt"));
        Label who = new Label(texts.get("private.members"));
        who.getStyleClass().add("field-label");
        PeoplePicker picker = new PeoplePicker(texts, model.roomCommands().people());
        who.setLabelFor(picker.focusTarget());
        CheckBox past = new CheckBox(texts.get("private.past"));
        past.setId("private-past");
        past.setSelected(true);
        past.setWrapText(true);
        sheet.open(
                texts.get("rooms.newPrivate"),
                new VBox(10, name, who, picker.root(), past),
                texts.get("private.create"),
                () ->
                        model.roomCommands()
                                .createPrivate(
                                        name.getText(),
                                        picker.picked().stream().map(PersonRow::userId).toList(),
                                        past.isSelected()),
                onClosed);
        name.requestFocus();
    }

    void jumpToDate() {
        LocalDate today = LocalDate.now(model.clock());
        DatePicker picker = new DatePicker(today);
        picker.setId("date-picker");
        picker.setConverter(
                new LocalDateStringConverter(
                        FormatStyle.SHORT, texts.language().locale(), IsoChronology.INSTANCE));
        picker.setMaxWidth(Double.MAX_VALUE);
        picker.setAccessibleText(texts.get("room.date"));
        sheet.open(
                texts.get("room.date"),
                new VBox(picker),
                texts.get("room.date.go"),
                () -> go(picker),
                onClosed);
        picker.getEditor().requestFocus();
        picker.getEditor().selectAll();
    }

    private Optional<Phrase> go(DatePicker picker) {
        try {
            LocalDate typed = picker.getConverter().fromString(picker.getEditor().getText());
            if (typed == null) {
                return Optional.of(Phrase.of("fault.date"));
            }
            model.reading().jumpToDay(typed, model.clock().getZone());
            return Optional.empty();
        } catch (java.time.DateTimeException e) {
            return Optional.of(Phrase.of("fault.date"));
        }
    }
}
