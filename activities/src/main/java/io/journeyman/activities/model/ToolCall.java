package io.journeyman.activities.model;

/**
 * A tool that the model chose.
 *
 * @param id the model's; never empty
 * @param argumentsJson as the model wrote them: they may be malformed, and whoever runs the tool checks them
 */
public record ToolCall(String id, String name, String argumentsJson) {}
