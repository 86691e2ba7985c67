package localchat.client.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The terminal with its line editor: lines are typed below, what comes is printed above and
/// garbles nothing.
final class TerminalScreen implements Screen, AutoCloseable {
    /// Lines typed before that are kept in the profile.
    private static final int HISTORY_LINES_MAX = 1_000;

    /// Taken for the size of a terminal that does not tell it.
    private static final int COLUMNS_DEFAULT = 80;

    private static final int ROWS_DEFAULT = 24;

    /// The editor's name for taking over a text.
    private static final String COMPOSE = "compose";

    private final Terminal terminal;
    private final LineReaderImpl editor;
    private final LineCompleter completer = new LineCompleter();
    private final AttributedStringBuilder printed = new AttributedStringBuilder();
    private final AtomicReference<String> composed = new AtomicReference<>("");
    private volatile String prompt = "> ";
    private boolean promptChanged;

    /// Takes over the terminal.
    ///
    /// @param profileFolder where the lines typed are kept
    /// @throws IOException when there is no terminal, or the folder cannot be written
    TerminalScreen(Path profileFolder) throws IOException {
        Path history = profileFolder.resolve("typed-lines");
        makePrivate(history);
        terminal =
                TerminalBuilder.builder()
                        .name("chat-term")
                        .system(true)
                        .encoding(StandardCharsets.UTF_8)
                        .stdinEncoding(StandardCharsets.UTF_8)
                        .stdoutEncoding(StandardCharsets.UTF_8)
                        .build();
        DefaultParser words = new DefaultParser();
        words.setQuoteChars(new char[0]);
        words.setEscapeChars(new char[0]);
        LineReader reader =
                LineReaderBuilder.builder()
                        .appName("chat-term")
                        .terminal(terminal)
                        .parser(words)
                        .completer(completer)
                        .variable(LineReader.HISTORY_FILE, history)
                        .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
                        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
                        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
                        .variable(LineReader.BELL_STYLE, "none")
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                        .option(LineReader.Option.CASE_INSENSITIVE, true)
                        .option(LineReader.Option.AUTO_FRESH_LINE, false)
                        .build();
        editor = (LineReaderImpl) reader;
        editor.getWidgets().put(COMPOSE, this::takeComposed);
        editor.getWidgets().put(LineReader.CALLBACK_INIT, this::takeComposed);
    }

    /// Runs in the line editor, under its lock.
    private boolean takeComposed() {
        String text = composed.getAndSet("");
        if (!text.isEmpty()) {
            editor.getBuffer().clear();
            editor.getBuffer().write(text);
        }
        return true;
    }

    /// What is typed is nobody else's business: the file is its owner's from the first byte, where
    /// the file system can say so.
    private static void makePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Lets the person type a line. Runs on the main thread.
    ///
    /// @throws org.jline.reader.UserInterruptException on Ctrl-C, or when the thread is interrupted
    /// @throws org.jline.reader.EndOfFileException on Ctrl-D in an empty line, or when the terminal
    ///   is gone
    String readLine() {
        return editor.readLine(prompt);
    }

    @Override
    public void print(AttributedString line) {
        BoxDrawing.appendHidden(printed, line);
        printed.style(AttributedStyle.DEFAULT).append('\n');
    }

    @Override
    public void prompt(AttributedString shown) {
        String now = shown.toAnsi(terminal).replace("%", "%%");
        if (!now.equals(prompt)) {
            prompt = now;
            editor.setPrompt(now);
            promptChanged = true;
        }
    }

    @Override
    public int columns() {
        int columns = terminal.getSize().getColumns();
        return columns > 0 ? columns : COLUMNS_DEFAULT;
    }

    @Override
    public int rows() {
        int rows = terminal.getSize().getRows();
        return rows > 0 ? rows : ROWS_DEFAULT;
    }

    /// When no line is being typed at this moment, the next one begins with the text.
    @Override
    public void compose(String text) {
        composed.set(text);
        run(COMPOSE);
    }

    private void run(String widget) {
        try {
            editor.callWidget(widget);
            editor.callWidget(LineReader.REDISPLAY);
        } catch (IllegalStateException e) {
            // No line is being typed; the next one is drawn as a whole.
        }
    }

    @Override
    public void completions(Completions completions) {
        completer.use(completions);
    }

    @Override
    public void flush() {
        if (printed.length() > 0) {
            editor.printAbove(BoxDrawing.shown(printed.toAnsi(terminal)));
            printed.setLength(0);
        } else if (promptChanged) {
            run(LineReader.REDISPLAY);
        }
        promptChanged = false;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
