package localchat.client;

import java.util.List;
import localchat.client.terminal.CommandFuzz;
import localchat.client.terminal.CommandLineFuzz;
import localchat.fuzz.FuzzTargetsContract;

class FuzzTargetsFuzzTest extends FuzzTargetsContract {
    @Override
    protected List<Class<?>> targets() {
        return List.of(CommandFuzz.class, CommandLineFuzz.class);
    }
}
