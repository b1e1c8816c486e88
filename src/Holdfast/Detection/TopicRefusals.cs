using Holdfast.Core;

namespace Holdfast.Detection;

/// <summary>What the acts on topics refuse.</summary>
internal static class TopicRefusals
{
    public static readonly Refusal Gone = new("topic.gone", "This topic has been joined with another, or forgotten.");
    public static readonly Refusal Name = new("topic.name", $"Give it a name of at most {TopicDesk.MaxName} characters.", "name");
    public static readonly Refusal Other = new("topic.other", "Choose another topic of the same brand.", "into");
    public static readonly Refusal Word = new("topic.word", "Choose a word that some of its posts use and others do not.", "word");
}
