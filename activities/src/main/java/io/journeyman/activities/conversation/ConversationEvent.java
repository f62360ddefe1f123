package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One event of a conversation, numbered without gaps by {@code seq} from 1. Kinds and their bodies:
 *
 * <ul>
 *   <li>{@code message} {turn, channel, text}: the customer's message was accepted
 *   <li>{@code progress} {turn, round, tools: [name]}: the turn is running these tools
 *   <li>{@code reply} {turn, channel, reply: {@link Reply}}
 *   <li>{@code proposal} {proposalId, status, kind, journeyId?}: a proposal opened or closed
 *   <li>{@code cart} {lines, pieces}: the cart changed
 *   <li>{@code news} {workflowId, kind, code, status, waitingFor, until?, text, suggestions, facts}: a journey spoke up
 *   <li>{@code merged} {}: a guest's conversation joined this one; read the transcript again
 * </ul>
 */
public record ConversationEvent(long seq, String kind, JsonNode body, Instant at) {}
