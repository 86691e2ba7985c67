package localchat.client.terminal;

import org.jline.utils.AttributedString;

/// Where a person reads. Called by the owning thread.
interface Screen {
    /// Shows a line, soon.
    void print(AttributedString line);

    /// What stands before the line that is typed, from now on.
    void prompt(AttributedString prompt);

    /// What can be completed, from now on.
    void completions(Completions completions);

    /// Puts a text where lines are typed, for the person to go on with.
    void compose(String text);

    /// The width of the terminal now, in columns.
    int columns();

    /// The height of the terminal now, in lines.
    int rows();

    /// Shows what was printed.
    void flush();
}
