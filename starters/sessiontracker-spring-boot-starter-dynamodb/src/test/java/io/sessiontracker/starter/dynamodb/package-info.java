/** Tests of the DynamoDB starter. */
@NullMarked
package io.sessiontracker.starter.dynamodb;

import org.jspecify.annotations.NullMarked;
