package localchat.server.loop;

/// What ends each turn of the loop. Called on the loop thread.
public interface TurnStages {
    /// Writes what became ready to be written, within a budget.
    ///
    /// @return whether some is left over for the next turn, which then does not sleep
    boolean onFlush();

    /// Closes the connections that were doomed during the turn.
    void onCloseDoomed();

    /// Something threw where nothing should; the loop goes on.
    void onFault(RuntimeException fault);

    /// One turn has ended.
    ///
    /// @param nanosBusy from the return of the select to the end of the turn
    void onTurnEnded(long nanosBusy);
}
