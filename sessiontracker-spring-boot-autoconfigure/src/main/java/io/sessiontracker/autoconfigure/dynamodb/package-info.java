/** Sessions and locks in DynamoDB. */
@NullMarked
package io.sessiontracker.autoconfigure.dynamodb;

import org.jspecify.annotations.NullMarked;
