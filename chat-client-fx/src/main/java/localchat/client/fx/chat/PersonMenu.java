package localchat.client.fx.chat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import localchat.client.fx.chat.PersonCommands.Act;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.i18n.Texts;

/// What can be done about somebody, as far as the person's own role allows it.
final class PersonMenu {
    private final ChatViewModel model;
    private final Texts texts;
    private final PersonSheets sheets;
    private final ContextMenu menu = new ContextMenu();

    PersonMenu(ChatViewModel model, Texts texts, PersonSheets sheets) {
        this.model = model;
        this.texts = texts;
        this.sheets = sheets;
        menu.setId("person-menu");
    }

    /// Shows the menu; nothing about oneself.
    void show(Node owner, PersonRow person, double screenX, double screenY) {
        List<MenuItem> items = items(person);
        if (!items.isEmpty()) {
            menu.getItems().setAll(items);
            menu.show(owner, screenX, screenY);
        }
    }

    /// The lines of the menu.
    List<MenuItem> items(PersonRow person) {
        List<Act> acts = model.personCommands().actsOn(person);
        List<MenuItem> items = new ArrayList<>();
        if (acts.isEmpty()) {
            return items;
        }
        items.add(
                item(
                        "person-direct",
                        Phrase.of("people.direct", person.name()),
                        () -> model.roomCommands().openDirect(person.userId())));
        for (Act act : acts) {
            if (act == Act.MUTE || act == Act.BAN) {
                items.add(new SeparatorMenuItem());
            }
            items.add(item("person-" + act, words(act, person), () -> act(act, person)));
        }
        return items;
    }

    private MenuItem item(String id, Phrase words, Runnable action) {
        MenuItem item = new MenuItem(texts.get(words));
        item.setId(id);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    private void act(Act act, PersonRow person) {
        switch (act) {
            case KICK -> sheets.kick(person);
            case MUTE -> sheets.mute(person);
            case BAN -> sheets.ban(person);
            case BLOCK, UNBLOCK, UNMUTE, MAKE_MEMBER, MAKE_MODERATOR, MAKE_ADMIN ->
                    model.personCommands().act(act, person);
        }
    }

    private static Phrase words(Act act, PersonRow person) {
        String name = person.name();
        return switch (act) {
            case BLOCK -> Phrase.of("person.block", name);
            case UNBLOCK -> Phrase.of("person.unblock", name);
            case KICK -> Phrase.of("person.kick");
            case MUTE -> Phrase.of("person.mute");
            case UNMUTE -> Phrase.of("person.unmute");
            case BAN -> Phrase.of("person.ban");
            case MAKE_MEMBER -> Phrase.of("person.make", Phrase.of("role.MEMBER"));
            case MAKE_MODERATOR -> Phrase.of("person.make", Phrase.of("role.MODERATOR"));
            case MAKE_ADMIN -> Phrase.of("person.make", Phrase.of("role.ADMIN"));
        };
    }
}
