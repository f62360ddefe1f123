package io.journeyman.activities.conversation;

/** What became of a customer's message when it arrived. */
public sealed interface Accepted {
    /** It is stored as this turn and waits for its reply. */
    record New(int turn) implements Accepted {}

    /** The same key and text came before: that turn's reply, once it is there, is the answer. */
    record Repeated(int turn) implements Accepted {}

    /** The key came before with another text or channel. */
    record OtherText() implements Accepted {}

    /** {@link ConversationStore#MOST_UNANSWERED} messages wait already. */
    record TooMany() implements Accepted {}
}
