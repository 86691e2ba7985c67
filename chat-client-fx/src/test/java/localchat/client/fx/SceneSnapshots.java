package localchat.client.fx;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import localchat.client.FakePeople;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.Availability;
import localchat.core.model.Digest32;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/// Paints the scenes with lifelike content into PNG files, for the README and for looking at. Run
/// on demand: `mvn -pl chat-client-fx -am test -Dtest=SceneSnapshots
/// -Dsurefire.failIfNoSpecifiedTests=false -Dsnapshots=FOLDER`.
@ExtendWith(FxExtension.class)
@EnabledIfSystemProperty(named = "snapshots", matches = ".+")
final class SceneSnapshots {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 20, 14, 32, 0, 0, ZONE);
    private static final Path FOLDER = Path.of(System.getProperty("snapshots", "."));

    private static final Digest32 KEY = new Digest32(new byte[32]);

    private static final Person SELF = FakeSession.SELF;
    private static final Person TIAGO = FakeSession.person(2, "Tiago Ferreira");
    private static final Person ANA = FakeSession.person(3, "Ana Beatriz");
    private static final Person YUKI = FakeSession.person(4, "Yuki Mori");
    private static final Person PRIYA = FakeSession.person(5, "Priya N.");
    private static final Person OMAR =
            new Person(6, new UserName("Omar Haddad"), SELF.role(), Availability.AWAY);
    private static final Person JOAO = FakeSession.person(7, "João Pedro");

    private FakeSession session = new FakeSession(event -> {});

    @Test
    void paintsLogin() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "", "")) {
                paint(window, theme == Theme.LIGHT ? "login" : "login-dark");
            }
        }
        try (Window window =
                window(Language.ENGLISH, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
            window.click("login-connect");
            FxExtension.await("started", () -> session.started);
            paint(window, "login-connecting");
            session.tellEnded(SessionEvent.Failure.REFUSED);
            FxExtension.await("error", () -> window.isShown("login-error"));
            paint(window, "login-error");
        }
        try (Window window = window(Language.PORTUGUESE, Theme.DARK, "Marina Costa", "192.168.1")) {
            window.fill("login-name", "");
            window.press(javafx.scene.input.KeyCode.ENTER);
            paint(window, "login-faults-portuguese");
        }
    }

    @Test
    void paintsChat() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "Marina Costa", "192.168.1.20")) {
                fill(window, Conversation.english());
                paint(window, theme == Theme.LIGHT ? "chat-light" : "chat-dark");
                if (theme == Theme.LIGHT) {
                    window.stage().setWidth(660);
                    window.stage().setHeight(560);
                    FxExtension.pulses(5);
                    paint(window, "chat-small");
                }
            }
        }
        try (Window window =
                window(Language.PORTUGUESE, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
            fill(window, Conversation.portuguese());
            paint(window, "chat-portuguese");
        }
    }

    @Test
    void paintsMessages() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "Marina Costa", "192.168.1.20")) {
                fillLively(window);
                paint(window, theme == Theme.LIGHT ? "messages" : "messages-dark");
                if (theme == Theme.LIGHT) {
                    paintUses(window);
                }
            }
        }
    }

    private void paintUses(Window window) throws IOException {
        window.hoverStyle(".message:own .message-bubble");
        paintAsIs(window, "messages-hover");
        window.clickStyle(".hover-reply");
        paint(window, "messages-replying");
        window.press(javafx.scene.input.KeyCode.ESCAPE);
        window.press(javafx.scene.input.KeyCode.UP);
        paint(window, "messages-editing");
        window.press(javafx.scene.input.KeyCode.ESCAPE);
        window.click("jump-to-date");
        paint(window, "date");
        window.press(javafx.scene.input.KeyCode.ESCAPE);
    }

    @Test
    void paintsCodesAndDevices() throws IOException {
        for (Language language : Language.values()) {
            String suffix = language == Language.ENGLISH ? "" : "-portuguese";
            try (Window window = window(language, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
                window.click("login-connect");
                FxExtension.await("started", () -> session.started);
                session.tellEnded(SessionEvent.Failure.NAME_TAKEN);
                FxExtension.await("the code", () -> window.isShown("login-code"));
                paint(window, "login-code" + suffix);
                session = new FakeSession(event -> {});
                fillPrivate(window);
                session.tellEntered(
                        new RoomInfo(13, new RoomName("audit"), RoomKind.AUDIT, "", 0, 2), 1);
                Person tiago = new Person(2, TIAGO.name(), Role.MODERATOR, Availability.ONLINE);
                PresenceChange changed = new PresenceChange(tiago, PresenceKind.ROLE_CHANGED);
                session.tell(new SessionEvent.PresenceChanged(11, 3, List.of(changed), false));
                session.tell(
                        new SessionEvent.SelfChanged(
                                new Person(1, SELF.name(), Role.ADMIN, Availability.ONLINE)));
                session.askedPeople.devices.add(FakePeople.device(1, "desk, Linux", true));
                session.askedPeople.devices.add(FakePeople.device(2, "phone", false));
                window.choose("menu", "my-devices");
                window.click("account-device-code");
                paint(window, "devices" + suffix);
                window.press(javafx.scene.input.KeyCode.ESCAPE);
                session.tellEnded(SessionEvent.Failure.KICKED);
                paint(window, "kicked" + suffix);
            }
        }
    }

    @Test
    void paintsPrivateRooms() throws IOException {
        for (Language language : Language.values()) {
            try (Window window = window(language, Theme.LIGHT, "Marina Costa", "192.168.1.20")) {
                fillPrivate(window);
                paint(window, language == Language.ENGLISH ? "private" : "private-portuguese");
                window.click("new-private-room");
                window.type("budget 2027");
                window.press(javafx.scene.input.KeyCode.TAB);
                window.press(javafx.scene.input.KeyCode.DOWN);
                window.press(javafx.scene.input.KeyCode.SPACE);
                paint(
                        window,
                        language == Language.ENGLISH ? "private-new" : "private-new-portuguese");
            }
        }
    }

    private void fillLively(Window window) {
        window.click("login-connect");
        FxExtension.await("started", () -> session.started);
        RoomInfo general = room(1, "general", "Everything that concerns all of us");
        session.people.put(1L, List.of(ANA, JOAO, SELF, OMAR, PRIYA, TIAGO, YUKI));
        session.history.put(1L, lively());
        connect();
        session.tell(new SessionEvent.ReadMarkerMoved(1, 5, 3, 1));
        session.tellEntered(general, 100);
        session.tellEntered(room(2, "design", ""), 1);
        session.tellEntered(room(3, "lunch", ""), 1);
        session.tell(new SessionEvent.ReadMarkerMoved(2, 0, 0, 0));
        session.tell(new SessionEvent.ReadMarkerMoved(3, 0, 0, 0));
        for (int i = 1; i <= 12; i++) {
            session.tellReceived(
                    session.event(2, i, TIAGO, 0, i > 10 ? mention("unread") : said("unread", 0)));
            session.tellReceived(session.event(3, i, ANA, 0, said("unread", 0)));
        }
        FxExtension.await("messages", () -> window.messages().size() > 5);
        window.fill("composer", "this one is refused");
        window.stage().toFront();
        session.tell(
                new SessionEvent.PostRestored(
                        1,
                        MessageId.random(new java.util.Random(99)),
                        said("Could somebody bring the label printer to hall B?", 0),
                        PostState.FAILED,
                        java.util.Optional.of(new SessionEvent.Refusal(ErrorCode.MUTED, ""))));
        window.press(javafx.scene.input.KeyCode.CONTROL, javafx.scene.input.KeyCode.A);
        window.press(javafx.scene.input.KeyCode.DELETE);
        FxExtension.pulses(6);
    }

    private List<RoomEvent> lively() {
        List<RoomEvent> log = new ArrayList<>();
        add(log, 70, TIAGO, said("The drawings for hall B are there. Page 4 has changed.", 0));
        add(log, 66, SELF, said("Page 4 is right. Page 6 still shows the old cable ducts.", 0));
        add(log, 65, ANA, said("12.4 kW, well below the limit. I checked the load twice.", 0));
        add(log, 60, YUKI, said("wrong room, sorry", 0));
        add(log, 58, SELF, said("Then I order the ducts for Thursday.", 0));
        add(log, 12, TIAGO, said("New version is up, with page 6 included. Please look again.", 2));
        add(log, 9, PRIYA, mention("@Marina Costa could you sign the order before three?"));
        add(log, 5, ANA, said("Done. It is on your desk.", 7));
        Emoji thumb = new Emoji("👍");
        add(log, 64, TIAGO, new EventBody.Reaction(2, thumb, false));
        add(log, 64, SELF, new EventBody.Reaction(3, thumb, false));
        add(log, 64, PRIYA, new EventBody.Reaction(3, thumb, false));
        add(log, 63, JOAO, new EventBody.Reaction(3, new Emoji("🎉"), false));
        add(log, 62, YUKI, new EventBody.Reaction(3, new Emoji("🚀"), false));
        add(log, 59, YUKI, new EventBody.Delete(4));
        add(log, 57, SELF, new EventBody.Edit(5, text("Then I order the ducts for Friday.")));
        add(log, 4, OMAR, new EventBody.Reaction(8, new Emoji("❤️"), false));
        return log;
    }

    private void add(List<RoomEvent> log, int minutesAgo, Person sender, EventBody body) {
        long time = NOW.minusMinutes(minutesAgo).toInstant().toEpochMilli();
        log.add(session.event(1, log.size() + 1, sender, time, body));
    }

    private static EventBody.Message said(String words, long replyTo) {
        return new EventBody.Message(text(words), replyTo, false);
    }

    private static EventBody.Message mention(String words) {
        return new EventBody.Message(text(words), 0, false, List.of(SELF.userId()));
    }

    private static MessageText text(String words) {
        return new MessageText(words);
    }

    private void fillPrivate(Window window) {
        window.click("login-connect");
        FxExtension.await("started", () -> session.started);
        connect();
        session.people.put(1L, List.of(ANA, JOAO, SELF, OMAR, PRIYA, TIAGO, YUKI));
        session.people.put(11L, List.of(ANA, SELF, TIAGO));
        session.tellEntered(room(1, "general", ""), 1);
        session.tellEntered(room(2, "lunch", ""), 1);
        RoomInfo management =
                new RoomInfo(
                        11,
                        new RoomName("management"),
                        RoomKind.PRIVATE,
                        "Numbers and plans",
                        0,
                        3,
                        new RoomSettings(30, 0, false),
                        java.util.Optional.empty(),
                        SELF.userId());
        long time = NOW.minusMinutes(30).toInstant().toEpochMilli();
        List<RoomEvent> log = new ArrayList<>();
        log.add(session.event(11, 1, SELF, time, said("Welcome to the small circle.", 0)));
        log.add(session.event(11, 2, TIAGO, time, said("The figures for October are in.", 0)));
        session.history.put(11L, log);
        session.tellEntered(management, 3);
        session.tellEntered(FakeSession.privateRoom(12, "night shift", 3), 1);
        session.tellEntered(FakeSession.direct(21, ANA), 1);
        session.tellEntered(FakeSession.direct(22, YUKI), 1);
        session.tellReceived(session.event(22, 1, YUKI, time, said("Lunch?", 0)));
        FxExtension.pulses(4);
        window.clickCell("private-rooms", 0);
        session.tellReceived(
                session.event(
                        11,
                        3,
                        SELF,
                        time,
                        new EventBody.Membership(3, ANA.name(), MembershipChange.ADDED)));
        session.tellReceived(
                session.event(
                        11, 4, SELF, time, new EventBody.Settings(new RoomSettings(30, 0, false))));
        session.tellReceived(session.event(11, 5, ANA, time, said("Thank you! Reading now.", 1)));
        FxExtension.pulses(6);
    }

    @Test
    void paintsTrouble() throws IOException {
        for (Theme theme : Theme.values()) {
            try (Window window = window(Language.ENGLISH, theme, "Marina Costa", "192.168.1.20")) {
                fill(window, Conversation.english());
                trouble(window);
                paint(window, "chat-trouble-" + theme);
            }
        }
    }

    @Test
    void paintsTrust() throws IOException {
        for (Language language : Language.values()) {
            Theme theme = language == Language.ENGLISH ? Theme.LIGHT : Theme.DARK;
            try (Window window = window(language, theme, "Marina Costa", "192.168.1.20")) {
                fill(window, Conversation.english());
                session.tell(new SessionEvent.ServerKeyShown(KEY, false, true));
                FxExtension.await("the words", () -> window.isShown("server-key"));
                paint(window, "trust-" + language);
                session.tellEnded(SessionEvent.Failure.KEY_CHANGED);
                FxExtension.await("the end", () -> window.isShown("sign-in-again"));
                paint(window, "trust-changed-" + language);
            }
        }
    }

    private void connect() {
        session.tellConnected();
        session.tell(new SessionEvent.ServerKeyShown(KEY, true, false));
    }

    private void trouble(Window window) {
        window.fill("composer", "this one is refused");
        window.press(javafx.scene.input.KeyCode.ENTER);
        session.tellFailed(session.posted.getLast(), ErrorCode.MUTED);
        session.tell(new SessionEvent.ErrorReported(ErrorCode.TOO_MANY_ROOMS, ""));
        session.tellLost();
        FxExtension.await("banner", () -> window.isShown("connection-banner"));
        window.type("and this one waits");
        window.press(javafx.scene.input.KeyCode.ENTER);
        session.tellPost(session.posted.getLast(), PostState.WAITING);
        javafx.scene.control.TextArea composer =
                (javafx.scene.control.TextArea) window.node("composer");
        composer.setText(
                "A longer text that grows\nover some lines\nand is too long: "
                        + "word ".repeat(900));
        window.click("new-room");
        window.press(javafx.scene.input.KeyCode.ENTER);
        FxExtension.pulses(4);
    }

    private Window window(Language language, Theme theme, String name, String host) {
        Settings settings = new Settings(name, host, "7667", language, theme);
        Clock clock = Clock.fixed(Instant.from(NOW), ZONE);
        Window window =
                new Window(
                        (server, person, listener) -> {
                            session = new FakeSession(listener);
                            return session;
                        },
                        settings,
                        clock);
        window.stage().setWidth(1000);
        window.stage().setHeight(760);
        FxExtension.pulses(3);
        return window;
    }

    private void fill(Window window, Conversation words) {
        window.click("login-connect");
        FxExtension.await("started", () -> session.started);
        RoomInfo general = room(1, words.rooms().get(0), words.topic());
        RoomInfo design = room(2, words.rooms().get(1), "");
        RoomInfo lunch = room(3, words.rooms().get(2), "");
        session.listed.addAll(List.of(general, design, lunch));
        session.listed.add(room(4, words.rooms().get(3), ""));
        session.listed.add(room(5, words.rooms().get(4), ""));
        session.people.put(1L, List.of(ANA, JOAO, SELF, OMAR, PRIYA, TIAGO, YUKI));
        session.history.put(1L, history(words));
        connect();
        session.tellEntered(general, 100);
        session.tellEntered(design, 1);
        session.tellEntered(lunch, 1);
        for (int i = 1; i <= 3; i++) {
            session.tellReceived(
                    session.message(2, i, ANA, Instant.from(NOW).toEpochMilli(), "unread"));
        }
        Person kofi = FakeSession.person(8, "Kofi Mensah");
        session.tell(
                new SessionEvent.PresenceChanged(
                        1, 7, List.of(new PresenceChange(kofi, PresenceKind.WENT)), false));
        session.tell(new SessionEvent.TypingChanged(1, List.of(TIAGO.name())));
        FxExtension.await("messages", () -> window.messages().size() > 5);
        FxExtension.pulses(5);
    }

    private List<RoomEvent> history(Conversation words) {
        List<RoomEvent> events = new ArrayList<>();
        List<Person> people = List.of(SELF, TIAGO, ANA, YUKI, PRIYA, OMAR, JOAO);
        for (Conversation.Line line : words.lines()) {
            long time = NOW.minusMinutes(line.minutesAgo()).toInstant().toEpochMilli();
            Person sender = people.get(line.sender());
            int seq = events.size() + 1;
            events.add(
                    FakeSession.message(
                            MessageId.random(new java.util.Random(seq)),
                            1,
                            seq,
                            sender,
                            time,
                            line.text()));
        }
        return events;
    }

    private static RoomInfo room(long id, String name, String topic) {
        return new RoomInfo(id, new RoomName(name), RoomKind.PUBLIC, topic, 0, 3);
    }

    private static void paint(Window window, String name) throws IOException {
        window.pointAway();
        paintAsIs(window, name);
    }

    private static void paintAsIs(Window window, String name) throws IOException {
        FxExtension.pulses(4);
        WritableImage image = window.scene().snapshot(null);
        Files.createDirectories(FOLDER);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(FOLDER.resolve(name + ".png"))))) {
            writePng(image, out);
        }
    }

    /// A PNG of 8 bits a channel without alpha (RFC 2083); each line filtered by "sub", which packs
    /// flat colours well.
    private static void writePng(WritableImage image, DataOutputStream out) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        out.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(head);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        writeChunk(out, "IHDR", head.toByteArray());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(packed, new java.util.zip.Deflater(9))) {
            PixelReader pixels = image.getPixelReader();
            for (int y = 0; y < height; y++) {
                byte[] line = new byte[1 + 3 * width];
                line[0] = 1;
                int before = 0;
                for (int x = 0; x < width; x++) {
                    int argb = pixels.getArgb(x, y);
                    line[1 + 3 * x] = (byte) ((argb >> 16) - (before >> 16));
                    line[2 + 3 * x] = (byte) ((argb >> 8) - (before >> 8));
                    line[3 + 3 * x] = (byte) (argb - before);
                    before = argb;
                }
                deflater.write(line);
            }
        }
        writeChunk(out, "IDAT", packed.toByteArray());
        writeChunk(out, "IEND", new byte[0]);
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] data)
            throws IOException {
        CRC32 crc = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
