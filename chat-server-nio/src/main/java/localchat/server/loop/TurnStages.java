package localchat.server.loop;

/// What a turn of the loop does besides selecting, letters and timers. Called on the loop thread.
public interface TurnStages {
    /// Reads what became ready to be read, within a budget.
    ///
    /// @return whether some is left over for the next turn, which then does not sleep
    boolean onRead();

    /// Writes what became ready to be written, within a budget.
    ///
    /// @return whether some is left over for the next turn, which then does not sleep
    boolean onFlush();

    /// Closes the connections that were doomed during the turn.
    ///
    /// @return whether there were any: the next turn, which then does not sleep, tells others
    boolean onCloseDoomed();

    /// A select came back early without anything to do.
    ///
    /// @param replaced whether it was one too many in a row: the selector was made anew
    void onEmptySelect(boolean replaced);

    /// Something threw where nothing should; the loop goes on.
    void onFault(RuntimeException fault);

    /// One turn has ended.
    ///
    /// @param nanosBusy from the return of the select to the end of the turn
    void onTurnEnded(long nanosBusy);
}
