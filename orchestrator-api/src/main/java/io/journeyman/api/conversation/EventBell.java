package io.journeyman.api.conversation;

import io.journeyman.activities.conversation.Announcement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those who wait for events of conversations that one was written, at once, over a connection to Postgres of its own. */
public final class EventBell implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventBell.class);

    /** Hears on the bell's own thread, so it only wakes others. */
    public interface Listener {
        void told(Announcement event);

        /** The connection was away: whatever was announced meanwhile is not told. */
        void mayHaveMissed();
    }

    private final String databaseUrl;
    private final List<Listener> listeners;
    private final Thread thread;
    private volatile boolean closed;

    public EventBell(String databaseUrl, Listener... listeners) {
        this.databaseUrl = databaseUrl;
        this.listeners = List.of(listeners);
        this.thread = Thread.ofPlatform().name("event-bell").daemon().start(this::listen);
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(databaseUrl)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("LISTEN " + Announcement.CHANNEL);
                }
                listeners.forEach(Listener::mayHaveMissed);
                var postgres = connection.unwrap(PGConnection.class);
                while (!closed) {
                    var notifications = postgres.getNotifications(1_000);
                    if (notifications != null) {
                        for (var notification : notifications) {
                            var event = Announcement.read(notification.getParameter());
                            listeners.forEach(listener -> listener.told(event));
                        }
                    }
                }
            } catch (SQLException e) {
                if (!closed) {
                    log.warn("events are not announced for now, and found later: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
