package io.journeyman.activities.conversation;

/**
 * That an event was written into a conversation, as Postgres announces it (NOTIFY) when its transaction commits. It only says where to look:
 * who was not connected at that moment missed it.
 *
 * @param kind of the event
 * @param turn that the event is about; 0 when it is about none
 */
public record Announcement(String conversation, String kind, int turn) {
    public static final String CHANNEL = "conversation_event";

    /** @param payload {@code <conversation> <kind> <turn>}, as {@link EventLog} writes it; workers of before wrote the first alone */
    public static Announcement read(String payload) {
        String[] parts = payload.split(" ", -1);
        return parts.length == 3
                ? new Announcement(parts[0], parts[1], Integer.parseInt(parts[2]))
                : new Announcement(parts[0], "", 0);
    }
}
