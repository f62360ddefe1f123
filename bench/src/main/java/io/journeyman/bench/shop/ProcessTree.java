package io.journeyman.bench.shop;

import java.util.List;
import java.util.stream.Stream;

/** A process and all that it has started, as they are now: what it started is not to be found by it any more once it is gone. */
record ProcessTree(List<ProcessHandle> processes) {
    static ProcessTree of(Process root) {
        return new ProcessTree(
                Stream.concat(Stream.of(root.toHandle()), root.descendants()).toList());
    }

    /** SIGKILL to what is still there. Returns when all of it is gone. */
    void kill() {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
