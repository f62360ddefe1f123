package io.journeyman.activities.conversation;

import java.time.Instant;
import java.util.Optional;

/** One turn as the customer saw it; {@code reply} is empty while it is being answered. */
public record TranscriptTurn(int turn, String channel, String text, Instant acceptedAt, Optional<Reply> reply) {}
