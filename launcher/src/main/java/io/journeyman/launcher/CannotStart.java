package io.journeyman.launcher;

/** Why a command cannot go on, in one sentence that tells its user what to do. It ends the process with exit code 1. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
