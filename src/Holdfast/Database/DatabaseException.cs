namespace Holdfast.Database;

/// <summary>The database cannot be used as it is. The message is for the operator: what is wrong and what to do.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
