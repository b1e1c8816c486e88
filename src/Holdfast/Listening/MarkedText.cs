using Holdfast.Core.Listening;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Holdfast.Listening;

/// <summary>A text with some of it marked: what a query hit, or where it is wrong. Not a space is added.</summary>
public sealed class MarkedText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<TextSpan> Spans { get; set; } = [];

    /// <summary>The class of the marks.</summary>
    [Parameter]
    public string? Class { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var at = 0;
        foreach (var span in Spans)
        {
            builder.AddContent(0, Text[at..span.Start]);
            builder.OpenElement(1, "mark");
            builder.AddAttribute(2, "class", Class);
            builder.AddContent(3, Text.Substring(span.Start, span.Length));
            builder.CloseElement();
            at = span.Start + span.Length;
        }

        builder.AddContent(4, Text[at..]);
    }
}
