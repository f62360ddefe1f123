package io.journeyman.launcher;

/** A server that we run as a child process on files of the data folder. */
interface Server extends AutoCloseable {
    String name();

    Child process();

    /** Starts it again on its files, after it ended though nobody stopped it; returns when it answers. */
    void startAgain();

    /** Whether it answers a question that it has to look up in its files; may take some seconds to find out. */
    boolean answers();

    @Override
    void close();
}
