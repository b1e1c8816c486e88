using System.CommandLine;
using Holdfast.Bench.Quality;

var root = new RootCommand("Measures Holdfast: quality against labelled data, and speed.")
{
    ReadingCommand.Create(),
    TrainCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
