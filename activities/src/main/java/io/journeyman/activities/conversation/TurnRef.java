package io.journeyman.activities.conversation;

import io.journeyman.contracts.ConversationId;

/** One turn of a conversation; turns count from 1. */
public record TurnRef(ConversationId conversation, int turn) {}
