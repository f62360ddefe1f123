package io.journeyman.recommendation.meaning;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The share of the processors that a thread gets beside others. Java's own priorities of threads do nothing on Linux. */
final class Niceness {
    /** A tenth of what another thread gets: enough to come to an end on a machine that is never idle. */
    private static final int BEHIND_OTHERS = 10;

    /** As Linux reads setpriority(2): of one thread, the calling one. */
    private static final int PRIO_PROCESS = 0;

    private static final int THIS_THREAD = 0;

    private Niceness() {}

    /** From now on the calling platform thread lets others go first. Elsewhere than on Linux nothing changes, and the answer is no. */
    @SuppressWarnings("restricted") // every start of the JVM enables native access
    static boolean letOthersGoFirst() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setPriority = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            return (int) setPriority.invokeExact(PRIO_PROCESS, THIS_THREAD, BEHIND_OTHERS) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority throws nothing", e);
        }
    }
}
