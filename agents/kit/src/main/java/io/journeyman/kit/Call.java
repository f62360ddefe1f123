package io.journeyman.kit;

/**
 * The request being answered, as idempotency sees it. A resource's method takes it as {@code @Context Call call}.
 *
 * @param operation the contract's operationId
 * @param target the request's path
 * @param key the Idempotency-Key; empty when the operation takes none
 * @param fingerprint a digest of operation, target and body (members in any order)
 * @param caller the process that calls, from its service token; empty when the operation needs none
 */
public record Call(String operation, String target, String key, String fingerprint, String caller) {}
