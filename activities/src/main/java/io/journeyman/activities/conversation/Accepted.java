package io.journeyman.activities.conversation;

import io.journeyman.contracts.ConversationId;

/** What became of a customer's message when it arrived. */
public sealed interface Accepted {
    /** It is stored as this turn and waits for its reply. */
    record New(int turn) implements Accepted {}

    /** The same key and text came before: that turn's reply, once it is there, is the answer. */
    record Repeated(int turn) implements Accepted {}

    /** The same came while they were a guest, and is being answered where it was said: in the conversation that they left by signing in. */
    record LeftBehind(ConversationId guest, int turn) implements Accepted {}

    /** The key came before with another text or channel. */
    record OtherText() implements Accepted {}

    /** {@link ConversationStore#MOST_UNANSWERED} messages wait already. */
    record TooMany() implements Accepted {}
}
