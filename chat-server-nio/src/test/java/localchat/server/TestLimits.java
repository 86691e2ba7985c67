package localchat.server;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import localchat.server.net.NetLimits;

/// Limits of connections for tests: the standard ones with some of them changed, by name, so that a
/// limit that is new to the record needs no change here.
public final class TestLimits {
    private TestLimits() {}

    /// `limits` with another value of one of them.
    ///
    /// @param name of the record's component
    /// @param value in the unit of the component
    public static NetLimits with(NetLimits limits, String name, long value) {
        RecordComponent[] components = NetLimits.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                boolean meant = components[i].getName().equals(name);
                found |= meant;
                values[i] = meant ? boxed(types[i], value) : old(components[i], limits);
            }
            if (!found) {
                throw new IllegalArgumentException("NetLimits has no " + name);
            }
            return NetLimits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record is made of its components", e);
        }
    }

    private static Object old(RecordComponent component, NetLimits limits)
            throws ReflectiveOperationException {
        return component.getAccessor().invoke(limits);
    }

    private static Object boxed(Class<?> type, long value) {
        if (type == int.class) {
            return Math.toIntExact(value);
        }
        return value;
    }
}
